package dev.cets.spring.test;

import dev.cets.spring.CetsAutoConfiguration;
import dev.cets.spring.CetsProperties;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * On a test class: the node of the context is a cluster of one, with no port and nobody to wait
 * for, whatever the properties say. It comes with slices of Boot as well, such as
 * {@code @WebMvcTest}, and alone; tables are beans of the configuration that the test names.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(CetsAutoConfiguration.class)
@PropertyMapping("cets")
public @interface AutoConfigureCets {
  /** How the node reaches others: not at all, unless told. */
  CetsProperties.Engine transport() default CetsProperties.Engine.NONE;
}
